// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.external.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that nobody has killed.
 *
 * @param records what each record of its journal was about, in order
 * @param changed what was different on the servers afterwards
 */
record Undisturbed(List<String> records, List<String> changed) {
    static Undisturbed of(KillAttempt attempt) throws Exception {
        Child child = attempt.start(KillPoint.NONE);
        assertThat(child.await("END")).startsWith("SUCCEEDED");
        assertThat(attempt.rows()).isEqualTo(new RowBalance(0, 0));
        assertThat(attempt.held()).isEmpty();
        List<String> records = child.lines().stream()
                .filter(line -> line.startsWith("AT ") && line.contains("/before/"))
                .map(line -> KillPoint.parse(line.substring(3)).what())
                .toList();
        return new Undisturbed(records, attempt.changed());
    }

    /** The number of the first record about this; what is complete is not taken back any more. */
    int complete() {
        return records.indexOf("StepsDone") + 1;
    }

    /** The number of the record with which the copy begins. */
    int copy() {
        int loaded = records.indexOf("TableLoaded");
        int opened = loaded;
        while (!records.get(opened).startsWith("OperationOpened ")) {
            opened--;
        }
        return opened + 1;
    }

    /**
     * All moments between two records.
     *
     * @param last number of the last record that is wanted
     */
    List<KillPoint> points(int last) {
        List<KillPoint> all = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (int record = 1; record <= last; record++) {
            String what = records.get(record - 1);
            int occurrence = seen.merge(what, 1, Integer::sum);
            if (record > 1) {
                // Before the first one the journal knows no run.
                all.add(new KillPoint(record, what, occurrence, false));
            }
            if (record < records.size()) {
                // After the last one it has ended.
                all.add(new KillPoint(record, what, occurrence, true));
            }
        }
        return all;
    }
}
