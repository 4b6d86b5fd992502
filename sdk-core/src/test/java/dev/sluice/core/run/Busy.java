// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import dev.sluice.api.error.ErrorCode;

/** A state that passes by itself, after a while. */
enum Busy implements ErrorCode {
    BUSY;

    @Override
    public String id() {
        return "TEST-1";
    }

    @Override
    public String meaning() {
        return "It is busy";
    }

    @Override
    public String remedy() {
        return "Wait";
    }

    @Override
    public Retry retry() {
        return Retry.CAN_TAKE_LONG;
    }
}
