// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A parameter that is a real MySQL server on loopback, of type {@link RealServer}, dressed as RDS for MySQL: with the procedures of AWS, and an
 * admin account that may do what AWS grants and no more. It is not AWS; what it cannot show is in {@code RdsDressing}.
 *
 * <p>The server is started when the first test of the class asks for it, shared by the tests of the class, those of nested classes included,
 * and ended after the last. What one test leaves on it the next one finds. Where the version cannot be had on this machine, the test is
 * skipped with the reason.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealServers.class)
public @interface RdsServer {
    /** The version of RDS for MySQL: {@code 5.7}, {@code 8.0} or {@code 8.4}, which is shown by a server of 9. */
    String value() default "8.0";

    /** Tells servers of one class apart that are alike otherwise: a source and a replica of one version have two names. */
    String name() default "";

    /** Whether it has GTIDs. */
    boolean gtid() default false;
}
