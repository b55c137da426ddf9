package camelbell.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One kind of request and what the hub says to the database for it, heard from its driver's log, so that whichever version is
 * measured is compared with its own statements.
 *
 * @param statements in SQL, with {@code :user}, and {@code :id} of the notification that is marked
 */
record RestWork(String name, String path, List<String> statements) {

    private static final Pattern SAID = Pattern.compile(
            "FE=> (?:Parse\\(stmt=[^,]*,query=\"(.*?)\",oids=\\{[^}]*\\}\\)|Bind\\(stmt=[^,]*,portal=[^,)]*((?:,\\$\\d+=<.*?>(?:,type=\\w+)?)*)\\))",
            Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("\\$(\\d+)=<(.*?)>(?:,type=\\w+)?(?=,\\$|$)", Pattern.DOTALL);

    static RestWork heard(String name, String path, String log, long user, long id) {
        List<String> statements = new ArrayList<>();
        String query = "";
        Matcher said = SAID.matcher(log);
        while (said.find()) {
            if (said.group(1) != null) {
                query = said.group(1).replaceAll("\\s+", " ").strip();
                continue;
            }
            String statement = query;
            List<String> values = new ArrayList<>();
            Matcher value = VALUE.matcher(said.group(2) == null ? "" : said.group(2));
            while (value.find()) {
                values.add(value.group(2));
            }
            for (int number = values.size(); number > 0; number--) {
                statement = statement.replaceAll(
                        "\\$" + number + "(?![0-9])", Matcher.quoteReplacement(values.get(number - 1)));
            }
            statement = statement
                    .replaceAll("\\('" + user + "'::int8\\)", ":user::bigint")
                    .replaceAll("\\('" + id + "'::int8\\)", ":id::bigint");
            if (statement.isEmpty() || statement.contains(":user") || statement.matches("BEGIN|COMMIT|ROLLBACK")) {
                statements.add(statement);
            }
        }
        return new RestWork(name, path, withoutOthers(statements));
    }

    /** The hub's other threads begin and end transactions, too: those alone that were about the person count. */
    private static List<String> withoutOthers(List<String> statements) {
        List<String> kept = new ArrayList<>();
        boolean open = false;
        for (int i = 0; i < statements.size(); i++) {
            String statement = statements.get(i);
            boolean ours = statement.contains(":user");
            boolean begins = statement.equals("BEGIN")
                    && !open
                    && i + 1 < statements.size()
                    && statements.get(i + 1).contains(":user");
            boolean ends = statement.matches("COMMIT|ROLLBACK")
                    && open
                    && kept.get(kept.size() - 1).contains(":user");
            if (ours || begins || ends) {
                kept.add(statement);
                open = begins || (open && !ends);
            }
        }
        return kept;
    }

    boolean marks() {
        return name.equals("mark_as_read");
    }

    /** For pgbench. */
    String script() {
        return statements.stream().map(statement -> statement + ";\n").collect(Collectors.joining());
    }
}
