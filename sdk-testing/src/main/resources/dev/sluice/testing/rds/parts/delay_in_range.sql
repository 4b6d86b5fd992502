  IF delay IS NULL OR delay NOT BETWEEN 0 AND ${mostDelay} THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'For source delay the value must be between 0 and ${mostDelay} inclusive.';
  END IF;
