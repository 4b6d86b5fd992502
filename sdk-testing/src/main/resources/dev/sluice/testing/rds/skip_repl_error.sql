CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(${onlyChannelParameter})
${part:begin}
  SET v_state = mysql.rds_replication_service_state(${channel});
  IF v_state = 'ON' THEN
    SELECT '${said} is running normally. No errors detected to skip.' AS Message;
  ELSEIF v_state IN ('OFF', 'NOT_EXIST') THEN
    SELECT '${said} is down or disabled.' AS Message;
  ELSE
    -- Servers of 5.7 refuse it by themselves as soon as they have GTIDs, newer ones do not.
    IF (SELECT COUNT(*) FROM performance_schema.replication_connection_configuration c
         WHERE CAST(c.channel_name AS BINARY) = CAST(${channel} AS BINARY) AND c.auto_position = '1') > 0 THEN
      SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1858, MESSAGE_TEXT = '${skipCounter} can not be set when GTID_MODE = ON';
    END IF;
    SET @@sql_log_bin = OFF;
    SET @cmd = CONCAT('STOP ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
    SET GLOBAL ${skipCounter} = 1;
    SET @cmd = CONCAT('START ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
    DO SLEEP(${pause});
    INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'skip repl error', VERSION());
    COMMIT;
    SELECT 'Statement in error has been skipped' AS Message;
    IF mysql.rds_replication_service_state(${channel}) = 'ON' THEN
      SELECT '${said} is running normally' AS Message;
    ELSE
      SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
        '${said} has encountered an error. Run SHOW ${SAID} STATUS\\G; to see the error.';
    END IF;
  END IF;
${part:end}
