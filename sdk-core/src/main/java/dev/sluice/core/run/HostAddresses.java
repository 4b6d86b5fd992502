// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.core.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which addresses a host name leads to. A failover changes them while sessions to the old server may live on. Names are looked up as this JVM
 * does it, with its own cache. One thread at a time.
 */
final class HostAddresses {
    private static final Logger log = LoggerFactory.getLogger(HostAddresses.class);

    private final String host;
    private Set<String> known = Set.of();

    HostAddresses(String host) {
        this.host = host;
    }

    /** Whether they are others than the time before; a name that cannot be looked up has not changed. */
    boolean haveChanged() {
        Set<String> now = new TreeSet<>();
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                now.add(address.getHostAddress());
            }
        } catch (UnknownHostException unknown) {
            log.debug("A replica's host name is not known at the moment. host={}", host, unknown);
            return false;
        }
        boolean first = known.isEmpty();
        boolean changed = !first && !known.equals(now);
        known = now;
        return changed;
    }
}
