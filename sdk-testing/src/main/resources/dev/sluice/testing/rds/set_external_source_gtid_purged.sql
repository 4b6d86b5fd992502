CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN server_uuid VARCHAR(36), IN start_pos BIGINT, IN end_pos BIGINT)
${part:begin}
${part:no_managed_replica}
  IF (SELECT COUNT(*) FROM performance_schema.replication_connection_status c WHERE c.service_state <> 'OFF')
   + (SELECT COUNT(*) FROM performance_schema.replication_applier_status a WHERE a.service_state <> 'OFF') > 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'You can''t modify gtid_purged because replication is running. First call mysql.rds_stop_replication.';
  END IF;
  IF LOWER(TRIM(BOTH FROM server_uuid)) NOT REGEXP '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
     OR start_pos < 1 OR end_pos < start_pos THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The arguments must be a server UUID and the first and last transaction of one interval.';
  END IF;
  IF LOWER(TRIM(BOTH FROM server_uuid)) = LOWER(@@GLOBAL.server_uuid) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The server UUID must not be that of this instance.';
  END IF;
  SET v_text = CONCAT(TRIM(BOTH FROM server_uuid), ':', start_pos, '-', end_pos);
  IF GTID_SUBTRACT(v_text, @@GLOBAL.gtid_executed) <> GTID_SUBTRACT(v_text, '') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'gtid_purged cannot be changed: the new value must be a superset of the old value.';
  END IF;
  SET @@sql_log_bin = OFF;
  SET GLOBAL gtid_purged = CONCAT('+', v_text);
${part:end}
