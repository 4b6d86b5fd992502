  IF enable_ssl_encryption = 1 AND (SELECT COUNT(*) FROM mysql.rds_ssl_material) = 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT =
      'SSL material for replication was not imported. First call mysql.rds_import_binlog_ssl_material.';
  END IF;
