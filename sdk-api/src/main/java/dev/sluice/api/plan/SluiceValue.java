// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.api.plan;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * The style of hidden value carriers: the generated class stays package-private, so that nothing of it becomes API, and sets of
 * enums iterate in the enums' order, so that equal plans print and store equally.
 */
@Target({ElementType.PACKAGE, ElementType.TYPE})
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
        visibility = Value.Style.ImplementationVisibility.PACKAGE,
        jdkOnly = true,
        fallbackNullableAnnotation = Nullable.class)
@interface SluiceValue {}
