CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(${onlyChannelParameter})
${part:begin}
  SET v_state = mysql.rds_replication_service_state(${channel});
  IF v_state = 'OFF' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      '${said} is already stopped or may not be configured. Run SHOW ${SAID} STATUS\\G;';
  ELSEIF v_state = 'NOT_EXIST' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t stop replication because the replica isn''t configured. First call mysql.${setExternal}.';
  END IF;
  SET @@sql_log_bin = OFF;
  UPDATE mysql.rds_replication_status SET called_by_user = USER(), action = 'stop slave', mysql_version = VERSION();
  COMMIT;
  SET @cmd = CONCAT('STOP ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  DO SLEEP(${pause});
  IF mysql.rds_replication_service_state(${channel}) <> 'OFF' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      '${said} has encountered an error. Run SHOW ${SAID} STATUS\\G; to see the error.';
  END IF;
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'stop slave', VERSION());
  COMMIT;
  SELECT '${said} is now down or disabled' AS Message;
${part:end}
