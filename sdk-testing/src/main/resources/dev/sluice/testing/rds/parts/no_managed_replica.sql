  IF (SELECT COUNT(*) FROM mysql.rds_history WHERE action = 'disable set master' AND master_user = 'rdsrepladmin') > 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'Permission Denied: This instance is a RDS Read Replica.';
  END IF;
