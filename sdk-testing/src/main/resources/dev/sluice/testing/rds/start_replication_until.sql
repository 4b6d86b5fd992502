CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN replication_log_file TEXT, IN replication_stop_point BIGINT${channelParameter})
${part:begin}
${part:one_applier}
${part:may_start}
  SET @@sql_log_bin = OFF;
  UPDATE mysql.rds_replication_status SET called_by_user = USER(), action = 'start slave until', mysql_version = VERSION();
  COMMIT;
  SET @cmd = CONCAT('START ${SLAVE} UNTIL ${S}_LOG_FILE = ', QUOTE(TRIM(BOTH FROM replication_log_file)),
    ', ${S}_LOG_POS = ', replication_stop_point, ' FOR CHANNEL ', QUOTE(${channel}));
${part:run}
  DO SLEEP(${pause});
${part:no_error}
  INSERT INTO mysql.rds_history (called_by_user, action, mysql_version) VALUES (USER(), 'start slave until', VERSION());
  COMMIT;
  SELECT CONCAT('Replication started until MASTER_LOG_FILE = ', TRIM(BOTH FROM replication_log_file),
    ' and MASTER_LOG_POS = ', replication_stop_point) AS Message;
${part:end}
