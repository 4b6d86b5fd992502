// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.data;

import dev.sluice.core.mysql.Quote;
import java.sql.SQLException;

/** Procedures and functions: bodies full of syntax, made under different modes and character sets, by definers that do not exist. */
final class Routines {
    /** Strings, comments and delimiters that a splitter of statements gets wrong. */
    static final String BODY = """
              -- a comment; with 'quote and "double
              # another; DELIMITER ;;
              /* more; $$ // */ /*!50003 SET @hostile_conditional = 1; */
              SET @hostile_text = 'it''s; \\\\ \\' "x" `y`
              second line\t-- no comment ☃ 😀 DELIMITER $$';
              SET @hostile_double = "a;\\"b\\"";
            """;

    private Routines() {}

    static void create(Script script) throws SQLException {
        script.use(HostileSchema.PLAIN);
        procedures(script);
        functions(script);
        underOtherModes(script);
        script.use(HostileSchema.AWKWARD);
        awkward(script);
    }

    private static void procedures(Script script) throws SQLException {
        script.run(
                "CREATE PROCEDURE syntax_inside (IN a INT, OUT `o ut` VARCHAR(100) CHARACTER SET latin1, INOUT d DECIMAL(10,2))\n"
                        + "MODIFIES SQL DATA SQL SECURITY INVOKER COMMENT 'it''s \\\\ a\nDEFINER=`x`@`y` comment; ☃'\nBEGIN\n"
                        + BODY
                        + "  IF a > 0 THEN SET `o ut` = 'END;'; ELSE SET d = 1; END IF;\nEND",
                "CREATE DEFINER=`gone`@`nowhere` PROCEDURE by_nobody () SELECT 1",
                "CREATE DEFINER=`it's \"gone\"`@`%` PROCEDURE by_a_quoted_nobody () SQL SECURITY INVOKER BEGIN END",
                "CREATE PROCEDURE same_name () SELECT 'procedure'");
    }

    private static void functions(Script script) throws SQLException {
        script.run(
                "CREATE FUNCTION same_name () RETURNS VARCHAR(20) DETERMINISTIC NO SQL RETURN 'function'",
                "CREATE FUNCTION doubled (a INT) RETURNS INT DETERMINISTIC NO SQL\nRETURN a * 2 /* it's doubled; */",
                "CREATE DEFINER=`gone`@`nowhere` FUNCTION by_nobody (e ENUM('a','it''s')) RETURNS JSON DETERMINISTIC NO SQL RETURN JSON_ARRAY(e)",
                "CREATE FUNCTION counted () RETURNS BIGINT UNSIGNED READS SQL DATA RETURN (SELECT COUNT(*) FROM integers)");
    }

    private static void underOtherModes(Script script) throws SQLException {
        script.underMode(
                "ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,IGNORE_SPACE",
                () -> script.run(
                        "CREATE FUNCTION \"under ansi\" (\"a b\" VARCHAR(20)) RETURNS VARCHAR(100) DETERMINISTIC NO SQL\n"
                                + "RETURN \"a b\" || 'back\\' || UPPER ('it''s \\')"));
        script.underMode(
                "",
                () -> script.run(
                        "CREATE PROCEDURE under_no_mode () BEGIN DECLARE d DATE DEFAULT '0000-00-00'; SELECT d, 1 || 0; END"));
        script.underMode(
                "NO_AUTO_VALUE_ON_ZERO,HIGH_NOT_PRECEDENCE,REAL_AS_FLOAT",
                () -> script.run(
                        "CREATE FUNCTION under_odd_modes (r REAL) RETURNS INT DETERMINISTIC NO SQL RETURN NOT r BETWEEN -5 AND 5"));
        script.under(
                "character_set_client",
                "latin1",
                () -> script.under(
                        "collation_connection",
                        "latin1_german1_ci",
                        () -> script.run(
                                "CREATE FUNCTION under_latin1 () RETURNS VARCHAR(10) CHARACTER SET latin1 DETERMINISTIC NO SQL RETURN 'ascii'")));
    }

    private static void awkward(Script script) throws SQLException {
        for (String name : AwkwardNames.NAMES) {
            String quoted = Quote.identifier(name);
            script.run(
                    "CREATE PROCEDURE " + quoted + " (" + quoted + " INT) SELECT " + quoted,
                    "CREATE FUNCTION " + quoted + " () RETURNS VARCHAR(100) DETERMINISTIC NO SQL RETURN "
                            + Quote.literal(name));
        }
    }
}
