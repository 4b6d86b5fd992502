// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.operation.Statement.CoordinatesHole;
import dev.sluice.api.operation.Statement.SecretHole;
import dev.sluice.api.operation.Statement.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
    private final Statement statement = new Statement(List.of(
            new Text("CHANGE SOURCE_PASSWORD="),
            new SecretHole(OperationSecret.REPLICATION_PASSWORD),
            new Text(", SOURCE_LOG_POS="),
            new CoordinatesHole(Slot.SNAPSHOT_COORDINATES, CoordinatesHole.Field.POSITION)));

    @Test
    void previewsShowHolesByName() {
        assertThat(statement.preview())
                .isEqualTo("CHANGE SOURCE_PASSWORD=<secret>, SOURCE_LOG_POS=<coordinates of the snapshot: position>");
        assertThat(statement).hasToString(statement.preview());
    }

    @Test
    void fillingReplacesHolesOnly() {
        assertThat(statement.fill(part -> part instanceof SecretHole ? "'x'" : "4"))
                .isEqualTo("CHANGE SOURCE_PASSWORD='x', SOURCE_LOG_POS=4");
    }

    @Test
    void aHoleForCoordinatesNeedsTheirSlot() {
        assertThat(statement.needs()).isEqualTo(List.of(Slot.SNAPSHOT_COORDINATES));
        assertThat(Statement.of("STOP REPLICA").needs()).isEmpty();
    }
}
