CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(${onlyChannelParameter})
${part:begin}
${part:may_start}
  SET @@sql_log_bin = OFF;
  UPDATE mysql.rds_replication_status SET called_by_user = USER(), action = 'start slave', mysql_version = VERSION();
  COMMIT;
  SET @cmd = CONCAT('START ${SLAVE} FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  DO SLEEP(${pause});
  IF mysql.rds_replication_service_state(${channel}) <> 'ON' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      '${said} has encountered an error. Run SHOW ${SAID} STATUS\\G; to see the error.';
  END IF;
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'start slave', VERSION());
  COMMIT;
  SELECT 'Replication started. ${said} is now running normally.' AS Message;
${part:end}
