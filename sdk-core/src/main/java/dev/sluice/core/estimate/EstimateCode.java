// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.estimate;

import dev.sluice.api.error.ErrorCode;

/** What an estimate warns of. */
public enum EstimateCode implements ErrorCode {
    RETENTION_SHORT(
            "CORE-787",
            "The source keeps its binary logs for less time than the copy and what follows it may need",
            "Compile the plan that estimate.retaining(plan) gives, or ask for as much by retainBinlogs(…)");

    private final String id;
    private final String meaning;
    private final String remedy;

    EstimateCode(String id, String meaning, String remedy) {
        this.id = id;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
