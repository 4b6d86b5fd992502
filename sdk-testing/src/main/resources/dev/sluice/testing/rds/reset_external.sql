CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(${onlyChannelParameter})
${part:begin}
${part:no_managed_replica}
  IF mysql.rds_replication_service_state(${channel}) = 'NOT_EXIST' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t reset replication because replication isn''t configured. First run mysql.${setExternal}.';
  END IF;
  SET @@sql_log_bin = OFF;
  IF mysql.rds_replication_service_state(${channel}) <> 'OFF' THEN
    SET @cmd = CONCAT('STOP ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
    DO SLEEP(${pause});
  END IF;
  SET @cmd = CONCAT('RESET ${SLAVE} ALL FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'reset slave', VERSION());
  UPDATE mysql.rds_replication_status
    SET called_by_user = USER(), action = 'reset slave', mysql_version = VERSION(), master_host = NULL, master_port = NULL;
  COMMIT;
  SELECT '${said} has been reset' AS message;
${part:end}
