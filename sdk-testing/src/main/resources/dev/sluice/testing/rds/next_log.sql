CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN curr_log_index INT${channelParameter})
${part:begin}
${part:no_managed_replica}
  SET v_state = mysql.rds_replication_service_state(${channel});
  IF v_state = 'NOT_EXIST' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t change the log because the replica isn''t configured. First call mysql.${setExternal}.';
  ELSEIF v_state = 'ON' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${said} is running normally. The log is not changed.';
  END IF;
  SET @@sql_log_bin = OFF;
  SET @cmd = CONCAT('STOP ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  SET @cmd = CONCAT('${change} ${S}_LOG_FILE = ', QUOTE(CONCAT(${baseName}, '.', LPAD(curr_log_index + 1, 6, '0'))),
    ', ${S}_LOG_POS = 4 FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'next master log', VERSION());
  COMMIT;
  SET @cmd = CONCAT('START ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  DO SLEEP(${pause});
  IF mysql.rds_replication_service_state(${channel}) <> 'ON' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      '${said} has encountered an error. Run SHOW ${SAID} STATUS\\G; to see the error.';
  END IF;
  SELECT 'Master Log Position has been set to start of next log' AS Message;
${part:end}
