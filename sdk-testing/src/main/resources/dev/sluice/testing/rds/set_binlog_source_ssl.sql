CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN ssl_mode TINYINT(1))
${part:begin}
${part:no_managed_replica}
${part:not_running}
  IF ssl_mode IS NULL OR ssl_mode NOT IN (0, 1) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The SSL mode must be 0 or 1.';
  END IF;
  SET @@sql_log_bin = OFF;
  SET @cmd = CONCAT('${change} ${S}_SSL = ', ssl_mode, ${verifying} ' FOR CHANNEL ''''');
${part:run}
${part:end}
