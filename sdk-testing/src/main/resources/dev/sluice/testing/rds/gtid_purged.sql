CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN gtid_set LONGTEXT)
${part:begin}
  SET @@sql_log_bin = OFF;
  SET GLOBAL gtid_purged = TRIM(BOTH FROM gtid_set);
${part:end}
