CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}()
BEGIN
  SET SESSION sql_log_bin = 0;
END
