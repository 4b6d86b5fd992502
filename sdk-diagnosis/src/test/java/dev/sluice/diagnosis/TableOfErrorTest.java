// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.diagnosis.ChannelError;
import dev.sluice.api.plan.TableName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableOfErrorTest {
    private static Optional<TableName> of(String text) {
        return TableOfError.of(new ChannelError(1032, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Could not execute Update_rows event on table shop.orders; Can't find record in 'orders', Error_code: 1032; handler"
                        + " error HA_ERR_KEY_NOT_FOUND; the event's master log binlog.000002, end_log_pos 1234",
                "Worker 1 failed executing transaction 'ANONYMOUS' at source log binlog.000002, end_log_pos 5; Could not execute"
                        + " Write_rows event on table shop.orders; Duplicate entry '2' for key 'orders.PRIMARY', Error_code: 1062;",
                "Could not execute Delete_rows_v1 event on table shop.orders; Can't find record in 'orders', Error_code: 1032;"
            })
    void theTableOfARowsEventIsTold(String text) {
        assertThat(of(text)).contains(TableName.of("shop", "orders"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Can't find record in 'orders'",
                "Could not execute Update_rows event on table shop.or.ders; Can't find record in 'or.ders', Error_code: 1032;",
                "Could not execute Update_rows event on table my shop.orders; Can't find record in 'orders', Error_code: 1032;",
                "Could not execute Update_rows event on table mysql.user; Can't find record in 'user', Error_code: 1032;",
                "Could not execute Update_rows event on table shop.a; x; Could not execute Update_rows event on table shop.b; y"
            })
    void whatDoesNotNameExactlyOneForCertainTellsNone(String text) {
        assertThat(of(text)).isEmpty();
    }

    /** A name that ends like an error goes on is cut short, and so is no name for certain. */
    @Test
    void theNameEndsWhereTheServerEndsIt() {
        assertThat(of("Could not execute Update_rows event on table shop.orders"))
                .isEmpty();
    }
}
