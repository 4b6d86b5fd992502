  IF @@GLOBAL.${workers} > 1 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = '${procedure} is not supported for multi-threaded slaves';
  END IF;
