// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.rds;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Calls procedures and tells what came back in one line. */
final class Caller {
    private Caller() {}

    /** The first value of the first result, {@code -} if there is none, or the error's number and text. */
    static String call(Connection connection, String call) {
        try (Statement statement = connection.createStatement()) {
            String answer = statement.execute("CALL mysql." + call) ? first(statement) : "-";
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                // Each turn takes one more result off the connection.
            }
            return answer;
        } catch (SQLException refused) {
            return refused.getErrorCode() + " " + refused.getMessage();
        }
    }

    /** The first value of each result, {@code -} if there is none, or the error's number and text. */
    static String callAll(Connection connection, String call) {
        List<String> answers = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute("CALL mysql." + call);
            while (rows || statement.getUpdateCount() != -1) {
                if (rows) {
                    answers.add(first(statement));
                }
                rows = statement.getMoreResults();
            }
            return answers.isEmpty() ? "-" : String.join(" / ", answers);
        } catch (SQLException refused) {
            return refused.getErrorCode() + " " + refused.getMessage();
        }
    }

    private static String first(Statement statement) throws SQLException {
        try (ResultSet rows = statement.getResultSet()) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "empty";
        }
    }

    /** The error that a statement ends in, or {@code -}. */
    static String refusal(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "-";
        } catch (SQLException refused) {
            return refused.getErrorCode() + " " + refused.getMessage();
        }
    }
}
