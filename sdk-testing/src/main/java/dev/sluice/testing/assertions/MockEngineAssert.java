// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.assertions;

import dev.sluice.testing.MockEngine;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** Assertions about what became of a mock's scripts. */
public final class MockEngineAssert extends AbstractAssert<MockEngineAssert, MockEngine> {
    MockEngineAssert(MockEngine mock) {
        super(mock, MockEngineAssert.class);
    }

    /**
     * Whatever was scripted by {@code mock.on(…)} was met by a call, each failure as often as it was planted. A test that plants an error in a row
     * which has nothing to do shows nothing otherwise. What looks are answered, and the lag, are no scripts.
     */
    public MockEngineAssert hasMetAllScripts() {
        isNotNull();
        List<String> unmet = actual.unmetScripts();
        if (!unmet.isEmpty()) {
            failWithMessage(
                    "%s", "Expected that all scripts are met\nbut these were not\n  " + String.join("\n  ", unmet));
        }
        return this;
    }
}
