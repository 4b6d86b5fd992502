// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

import java.util.concurrent.atomic.AtomicInteger;

/** An image that several snapshots share, since copying a snapshot copies no byte here; the last one that lets go of it deletes it. */
final class SharedImage {
    private final MachineImage image;
    private final AtomicInteger holders = new AtomicInteger(1);

    SharedImage(MachineImage image) {
        this.image = image;
    }

    SharedImage share() {
        holders.incrementAndGet();
        return this;
    }

    Machine start(MachineSettings settings) {
        return image.start(settings);
    }

    void release() {
        if (holders.decrementAndGet() == 0) {
            image.close();
        }
    }
}
