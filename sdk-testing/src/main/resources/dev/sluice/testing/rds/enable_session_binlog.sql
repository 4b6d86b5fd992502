CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}()
BEGIN
  SET SESSION sql_log_bin = 1;
END
