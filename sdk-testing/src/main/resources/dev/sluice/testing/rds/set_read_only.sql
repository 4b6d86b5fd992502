CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN read_only_mode TINYINT(1))
BEGIN
  IF read_only_mode IS NULL OR read_only_mode NOT IN (0, 1) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The read-only mode must be 0 or 1.';
  END IF;
  SET GLOBAL read_only = read_only_mode;
END
