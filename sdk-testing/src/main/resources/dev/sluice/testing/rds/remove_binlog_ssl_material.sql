CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}()
${part:begin}
  SET @@sql_log_bin = OFF;
  DELETE FROM mysql.rds_ssl_material;
  COMMIT;
${part:end}
