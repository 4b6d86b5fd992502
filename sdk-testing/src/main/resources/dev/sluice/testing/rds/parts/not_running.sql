  IF mysql.rds_replication_service_state(${channel}) IN ('ON', 'BROKEN') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t modify replication because replication is running. First call mysql.rds_stop_replication.';
  END IF;
