// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import dev.sluice.api.document.Document;
import java.util.List;

/** Writes and reads {@link CopyShape}s. */
public final class CopyShapeCodec {
    private CopyShapeCodec() {}

    /** As a document that {@link #read} understands. */
    public static Document write(CopyShape shape) {
        return Document.empty()
                .with("parameter-group", shape.parameterGroupOrNull())
                .with("instance-class", shape.instanceClassOrNull())
                .with("subnet-group", shape.subnetGroupOrNull())
                .withTexts("security-groups", shape.securityGroups());
    }

    /** What {@link #write} wrote. */
    public static CopyShape read(Document document) {
        List<String> securityGroups = document.texts("security-groups");
        return new CopyShape(
                document.findText("parameter-group").orElse(null),
                document.findText("instance-class").orElse(null),
                document.findText("subnet-group").orElse(null),
                securityGroups);
    }
}
