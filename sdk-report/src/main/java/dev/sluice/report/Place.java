// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.report;

import dev.sluice.api.coordinates.Coordinates;
import dev.sluice.api.coordinates.GtidSet;
import dev.sluice.api.document.Document;

/** A place in a source's binary log, in the words of reports. The journal has its own, which may not change with them. */
final class Place {
    private Place() {}

    static Document of(Coordinates coordinates) {
        return Document.empty()
                .with("serverUuid", coordinates.serverUuid())
                .with("channel", coordinates.channel())
                .with("file", coordinates.position().file())
                .with("position", coordinates.position().position())
                .with("gtids", coordinates.gtids().map(GtidSet::toString).orElse(null))
                .with("takenAt", coordinates.takenAt().toString())
                .with("method", coordinates.method());
    }

    /** For people who have to tell another server of it. */
    static String text(Document place) {
        String gtids = place.findText("gtids").map(set -> ", GTIDs " + set).orElse("");
        return place.text("file") + ", position " + place.number("position") + gtids;
    }
}
