// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing;

import dev.sluice.api.error.ErrorCode;

/** The codes of failures that a test planted. */
public enum MockCode implements ErrorCode {
    /** The planted call was surely not applied. */
    UNAVAILABLE("MOCK-001", "A test let the server be out of reach", Retry.CAN_HELP),
    /** The planted call was refused. */
    REFUSED("MOCK-002", "A test let the server refuse", Retry.POINTLESS),
    /** The planted call's answer, or the call itself, was lost. */
    LOST("MOCK-003", "A test let the connection break in the middle of a change", Retry.CAN_HELP),
    /** The planted failover goes on. */
    FAILING_OVER("MOCK-010", "A test let the replica fail over", Retry.CAN_TAKE_LONG);

    private final String id;
    private final String meaning;
    private final Retry retry;

    MockCode(String id, String meaning, Retry retry) {
        this.id = id;
        this.meaning = meaning;
        this.retry = retry;
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
        return "Look at the test's script";
    }

    @Override
    public Retry retry() {
        return retry;
    }
}
