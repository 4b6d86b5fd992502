// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.samples.docs;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/** What links point at: other pages and their headings, and other files. What is elsewhere is nobody's to ask in a build. */
final class Links {
    private static final Pattern ELSEWHERE = Pattern.compile("(?i)[a-z][a-z0-9+.-]*:.*");

    private final Path root;
    private final Map<String, Set<String>> anchors;

    /**
     * The links among these pages.
     *
     * @param root the folder that the pages' paths begin at
     */
    Links(Path root, List<Page> pages) {
        this.root = root;
        this.anchors = pages.stream().collect(Collectors.toMap(Page::path, Anchors::of));
    }

    /** What is wrong with a page's links, one line a fault, each with its place. */
    List<String> faultsOf(Page page) {
        List<String> faults = new ArrayList<>();
        Function<String, Optional<String>> judge = target -> faultOf(page, target);
        page.content().accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                look(link, link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                look(image, image.getDestination());
                visitChildren(image);
            }

            private void look(Node node, String target) {
                judge.apply(target).ifPresent(fault -> faults.add(page.at(Page.lineOf(node)) + ": " + fault));
            }
        });
        return faults;
    }

    /** The paths, from the root, of all that a page points at in the project. */
    static Set<String> targetsOf(Page page) {
        Set<String> targets = new TreeSet<>();
        page.content().accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                if (!ELSEWHERE.matcher(link.getDestination()).matches()) {
                    targets.add(resolved(page, link.getDestination()).getPath());
                }
            }
        });
        return targets;
    }

    private static URI resolved(Page page, String target) {
        return URI.create(page.path()).resolve(URI.create(target));
    }

    private Optional<String> faultOf(Page page, String target) {
        if (ELSEWHERE.matcher(target).matches()) {
            return Optional.empty();
        }
        URI pointed = resolved(page, target);
        String path = pointed.getPath().isEmpty() ? page.path() : pointed.getPath();
        if (target.startsWith("/") || path.startsWith("..") || !Files.exists(root.resolve(path))) {
            return Optional.of("there is no " + target);
        }
        String anchor = pointed.getFragment();
        return anchor == null || anchors.getOrDefault(path, Set.of()).contains(anchor)
                ? Optional.empty()
                : Optional.of("there is no heading for " + target);
    }
}
