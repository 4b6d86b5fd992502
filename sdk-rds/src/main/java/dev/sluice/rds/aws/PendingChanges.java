// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.rds.aws;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * What somebody has asked AWS to change and AWS has not changed yet. The next modification that is to take effect at once takes all of it along.
 * By name only: one of the values is a password.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ModifyInstance.ApplyImmediately.html">AWS: schedule modifications
 *     setting</a>
 */
final class PendingChanges {
    private PendingChanges() {}

    /**
     * The API's names of what is pending, such as {@code DBInstanceClass}.
     *
     * @param values {@code PendingModifiedValues} of an instance or a cluster, or null
     */
    static Set<String> named(@Nullable SdkPojo values) {
        Set<String> names = new TreeSet<>();
        if (values != null) {
            values.sdkFields().stream()
                    .filter(field -> isThere(field.getValueOrDefault(values)))
                    .map(SdkField::memberName)
                    .forEach(names::add);
        }
        return names;
    }

    private static boolean isThere(@Nullable Object value) {
        return value != null && !(value instanceof Collection<?> many && many.isEmpty());
    }
}
