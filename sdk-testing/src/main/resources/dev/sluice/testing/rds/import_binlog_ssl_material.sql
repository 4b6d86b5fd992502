CREATE DEFINER = `rdsadmin`@`localhost` PROCEDURE mysql.${procedure}(IN ssl_material TEXT)
BEGIN
  DECLARE v_logging BOOLEAN DEFAULT @@sql_log_bin;
  DECLARE v_json TEXT CHARSET utf8mb4;
  DECLARE v_ca TEXT CHARSET utf8mb4;
  DECLARE v_cert TEXT CHARSET utf8mb4;
  DECLARE v_key TEXT CHARSET utf8mb4;
  DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN SET @@sql_log_bin = v_logging; RESIGNAL; END;
  IF ${encryptedOnly} AND (SELECT s.variable_value FROM performance_schema.session_status s
                            WHERE s.variable_name = 'Ssl_cipher') = '' THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'SSL material can be imported over an encrypted connection only.';
  END IF;
  SET v_json = TRIM(BOTH FROM REPLACE(ssl_material, '\r', ''));
  IF NOT JSON_VALID(v_json) THEN -- line feeds as they are: within texts they belong there, around them they are blanks
    SET v_json = REPLACE(REPLACE(v_json, '\n ', '\n'), '\n', '\\n');
    SET v_json = REPLACE(REPLACE(REPLACE(v_json, '",\\n', '",'), '"\\n}', '"}'), '{\\n', '{');
  END IF;
  IF v_json IS NULL OR NOT JSON_VALID(v_json)
     OR NOT JSON_CONTAINS_PATH(v_json, 'all', '$.ssl_ca', '$.ssl_cert', '$.ssl_key') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The SSL material must be a JSON document with ssl_ca, ssl_cert and ssl_key.';
  END IF;
  SET v_ca = JSON_UNQUOTE(JSON_EXTRACT(v_json, '$.ssl_ca'));
  SET v_cert = JSON_UNQUOTE(JSON_EXTRACT(v_json, '$.ssl_cert'));
  SET v_key = JSON_UNQUOTE(JSON_EXTRACT(v_json, '$.ssl_key'));
  IF v_ca NOT LIKE '-----BEGIN CERTIFICATE-----%' OR v_cert NOT LIKE '-----BEGIN CERTIFICATE-----%' OR NOT (${keyAccepted}) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The SSL material must be PEM: two certificates and an unencrypted RSA key.';
  END IF;
  SET @@sql_log_bin = OFF;
  -- The key itself is kept nowhere.
  REPLACE INTO mysql.rds_ssl_material (id, ssl_ca, ssl_cert, ssl_key_sha256) VALUES (1, v_ca, v_cert, SHA2(v_key, 256));
  COMMIT;
  SET @@sql_log_bin = v_logging;
END
