// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The BOM manages every published module and brings nothing else to those who import it. */
class BomTest {
  private static final Path ROOT = Path.of("..");

  @Test
  void bom_managesEveryPublishedModuleAndNothingElse() throws Exception {
    List<String> published =
        texts("pom.xml", "/project/modules/module").stream()
            .filter(module -> !module.equals("bom") && isPublished(module))
            .map(module -> texts(module + "/pom.xml", "/project/artifactId").get(0))
            .collect(Collectors.toList());

    assertThat(texts("bom/pom.xml", "/project/dependencyManagement//artifactId"))
        .containsExactlyInAnyOrderElementsOf(published);
    assertThat(texts("bom/pom.xml", "/project/dependencyManagement//version"))
        .containsOnly("${project.version}");
  }

  @Test
  void bom_hasNoParentDependenciesOrPlugins() {
    assertThat(
            texts(
                "bom/pom.xml", "/project/parent | /project/dependencies | /project/build/plugins"))
        .isEmpty();
  }

  private static boolean isPublished(String module) {
    return !texts(module + "/pom.xml", "/project/properties/maven.deploy.skip").contains("true");
  }

  private static List<String> texts(String pom, String xpath) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(ROOT.resolve(pom).toFile());
      NodeList nodes =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate(xpath, document, XPathConstants.NODESET);
      return IntStream.range(0, nodes.getLength())
          .mapToObj(i -> nodes.item(i).getTextContent())
          .collect(Collectors.toList());
    } catch (Exception e) {
      throw new IllegalStateException(pom + ": " + xpath, e);
    }
  }
}
