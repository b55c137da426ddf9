package camelbell.runtime.page;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A page of {@code src/docs/reference} as HTML: one source for who reads the project and who reads an error's
 * {@code docs}. The pages are the hub's own text, so that their anchors may be HTML.
 */
record ReferencePage(String title, Buffer html) {

    private static final List<Extension> TABLES = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
    private static final HtmlRenderer HTML =
            HtmlRenderer.builder().extensions(TABLES).build();

    /** Of a file's bytes. */
    static ReferencePage of(byte[] markdown) {
        Node document = PARSER.parse(new String(markdown, StandardCharsets.UTF_8));
        PageVisitor page = new PageVisitor();
        document.accept(page);
        return new ReferencePage(page.title, HtmlPage.of(page.title, HTML.render(document)));
    }

    /**
     * Finds the title, and has links to pages beside this one name them as they are served: without their ending. Links
     * out of the reference lead to files of the project that no hub serves; their words stay.
     */
    private static final class PageVisitor extends AbstractVisitor {

        private String title = "Reference";

        @Override
        public void visit(Heading heading) {
            if (heading.getLevel() == 1) {
                title = TextContentRenderer.builder().build().render(heading);
            }
        }

        @Override
        public void visit(Link link) {
            if (link.getDestination().startsWith("../")) {
                for (Node word = link.getFirstChild(); word != null; word = link.getFirstChild()) {
                    link.insertBefore(word);
                }
                link.unlink();
                return;
            }
            link.setDestination(link.getDestination().replaceFirst("^([a-z-]+)\\.md", "$1"));
        }
    }
}
