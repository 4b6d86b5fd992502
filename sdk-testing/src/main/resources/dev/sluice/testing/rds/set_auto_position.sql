CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN auto_position_mode TINYINT(1)${channelParameter})
${part:begin}
${part:no_managed_replica}
  IF auto_position_mode IS NULL OR auto_position_mode NOT IN (0, 1) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The auto position mode must be 0 or 1.';
  END IF;
  IF mysql.rds_replication_service_state(${channel}) = 'NOT_EXIST' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t set auto position because the replica isn''t configured. First call mysql.${setExternal}.';
  END IF;
  SET @@sql_log_bin = OFF;
  SET @cmd = CONCAT('STOP ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  SELECT '${said} is now down or disabled' AS Message;
  SET @cmd = CONCAT('${change} ${S}_AUTO_POSITION = ', auto_position_mode, ' FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version, auto_position)
    VALUES (USER(), 'set auto position', VERSION(), auto_position_mode);
  COMMIT;
  SET @cmd = CONCAT('START ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  DO SLEEP(${pause});
  IF mysql.rds_replication_service_state(${channel}) <> 'ON' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      '${said} has encountered an error. Run SHOW ${SAID} STATUS\\G; to see the error.';
  END IF;
  SELECT 'Replication started. ${said} is now running normally.' AS Message;
${part:end}
