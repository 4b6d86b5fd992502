// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.testing.aws;

/** Tags of whatever has an ARN. */
final class TagActions {
    private TagActions() {}

    static void register(Actions actions) {
        actions.add("AddTagsToResource", TagActions::add, "ResourceName", "Tags")
                .add("RemoveTagsFromResource", TagActions::remove, "ResourceName", "TagKeys")
                .add("ListTagsForResource", TagActions::list, "ResourceName", "Filters");
    }

    private static void add(Ask ask, Xml result) {
        ask.region().tags().add(ask.required("ResourceName"), ask.tags());
    }

    private static void remove(Ask ask, Xml result) {
        ask.region().tags().remove(ask.required("ResourceName"), ask.list("TagKeys.member"));
    }

    private static void list(Ask ask, Xml result) {
        ask.region().tags().write(ask.required("ResourceName"), result);
    }
}
