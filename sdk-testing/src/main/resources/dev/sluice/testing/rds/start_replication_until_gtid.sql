CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN gtid TEXT${channelParameter})
${part:begin}
${part:one_applier}
${part:may_start}
  SET @@sql_log_bin = OFF;
  UPDATE mysql.rds_replication_status SET called_by_user = USER(), action = 'start slave until', mysql_version = VERSION();
  COMMIT;
  SET @cmd = CONCAT('START ${SLAVE} UNTIL SQL_AFTER_GTIDS = ', QUOTE(TRIM(BOTH FROM gtid)), ' FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  DO SLEEP(${pause});
${part:no_error}
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'start slave until', VERSION());
  COMMIT;
  SELECT CONCAT('Replication started until SQL_AFTER_GTIDS = ', TRIM(BOTH FROM gtid)) AS Message;
${part:end}
