  IF (SELECT COUNT(*) FROM performance_schema.replication_connection_status c
       WHERE CAST(c.channel_name AS BINARY) = CAST(${channel} AS BINARY) AND c.service_state <> 'ON' AND c.last_error_number <> 0)
   + (SELECT COUNT(*) FROM performance_schema.replication_applier_status_by_worker w
       WHERE CAST(w.channel_name AS BINARY) = CAST(${channel} AS BINARY) AND w.last_error_number <> 0) > 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      '${said} has encountered an error. Run SHOW ${SAID} STATUS\\G; to see the error.';
  END IF;
