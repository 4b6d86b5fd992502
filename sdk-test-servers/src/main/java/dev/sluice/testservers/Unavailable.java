// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testservers;

/**
 * Why a release cannot be had on this machine. Immutable and thread-safe.
 *
 * @param release the release that was asked for
 * @param reason one sentence, meant to be shown
 */
public record Unavailable(MySqlRelease release, String reason) {

    /** The release and the reason in one line. */
    @Override
    public String toString() {
        return release + " cannot be had here: " + reason;
    }
}
