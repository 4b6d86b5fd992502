CREATE TABLE mysql.rds_configuration (
  action_timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  name VARCHAR(100) NOT NULL PRIMARY KEY,
  value VARCHAR(100),
  description VARCHAR(300) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET latin1
;;
INSERT INTO mysql.rds_configuration (name, value, description) VALUES
  ('binlog retention hours', NULL,
   'binlog retention hours specifies the duration in hours before binary logs are automatically deleted.')
;;
CREATE TABLE mysql.rds_history (
  action_timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  called_by_user VARCHAR(352) NOT NULL,
  action VARCHAR(30) NOT NULL,
  mysql_version VARCHAR(50) NOT NULL,
  master_host VARCHAR(255),
  master_port INT,
  master_user VARCHAR(96),
  master_log_file VARCHAR(50),
  master_log_pos BIGINT UNSIGNED,
  master_ssl TINYINT,
  master_delay INT,
  auto_position TINYINT
) ENGINE = InnoDB DEFAULT CHARACTER SET latin1
;;
CREATE TABLE mysql.rds_replication_status (
  action_timestamp TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  called_by_user VARCHAR(352),
  action VARCHAR(30),
  mysql_version VARCHAR(50),
  master_host VARCHAR(255),
  master_port INT
) ENGINE = InnoDB DEFAULT CHARACTER SET latin1
;;
INSERT INTO mysql.rds_replication_status (called_by_user, action, mysql_version) VALUES ('rdsadmin@localhost', 'create', VERSION())
;;
CREATE TABLE mysql.rds_heartbeat2 (
  id INT NOT NULL PRIMARY KEY,
  value BIGINT
) ENGINE = InnoDB DEFAULT CHARACTER SET latin1
;;
CREATE TABLE mysql.rds_sysinfo (
  name VARCHAR(25),
  value VARCHAR(50)
) ENGINE = InnoDB DEFAULT CHARACTER SET latin1
;;
CREATE TABLE mysql.rds_ssl_material (
  id INT NOT NULL PRIMARY KEY,
  ssl_ca TEXT NOT NULL,
  ssl_cert TEXT NOT NULL,
  ssl_key_sha256 CHAR(64) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET latin1
