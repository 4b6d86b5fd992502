// Copyright the Sluice authors. SPDX-License-Identifier: Apache-2.0
package dev.sluice.distribution;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** One project file of Maven, by the names of its elements. */
record ProjectFile(Path file, Element root) {
    static ProjectFile at(Path file) {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getDocumentElement();
            return new ProjectFile(file, root);
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError("cannot read " + file + ": build the module first", e);
        }
    }

    /** The text of the element that is reached by these names, one below the other. */
    Optional<String> text(String... path) {
        List<Element> found = elements(path);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.get(0).getTextContent().trim());
    }

    /** The elements that are reached by these names, one below the other. */
    List<Element> elements(String... path) {
        List<Element> found = List.of(root);
        for (String name : path) {
            List<Element> below = new ArrayList<>();
            found.forEach(parent -> below.addAll(children(parent, name)));
            found = below;
        }
        return found;
    }

    List<Dependency> dependencies() {
        return elements("dependencies", "dependency").stream()
                .map(Dependency::of)
                .toList();
    }

    List<Dependency> managedDependencies() {
        return elements("dependencyManagement", "dependencies", "dependency").stream()
                .map(Dependency::of)
                .toList();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    record Dependency(String group, String artifact, String version, String scope) {
        private static Dependency of(Element element) {
            return new Dependency(
                    child(element, "groupId"),
                    child(element, "artifactId"),
                    child(element, "version"),
                    child(element, "scope"));
        }

        private static String child(Element parent, String name) {
            List<Element> found = children(parent, name);
            return found.isEmpty() ? "" : found.get(0).getTextContent().trim();
        }

        boolean isOurs() {
            return group.equals("dev.sluice");
        }

        @Override
        public String toString() {
            return group + ":" + artifact;
        }
    }
}
