CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN format VARCHAR(20))
BEGIN
  IF format IS NULL OR UPPER(TRIM(BOTH FROM format)) NOT IN ('STATEMENT', 'ROW', 'MIXED') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The format must be STATEMENT, ROW or MIXED.';
  END IF;
  SET SESSION binlog_format = UPPER(TRIM(BOTH FROM format));
END
