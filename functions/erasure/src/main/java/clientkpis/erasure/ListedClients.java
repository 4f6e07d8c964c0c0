package clientkpis.erasure;

import clientkpis.kpi.AliasForm;
import clientkpis.kpi.CodePoints;
import clientkpis.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The clients to erase, and whether a text names one of them. Pure.
///
/// A text is searched once, however many clients are listed: an id is known by its words, the runs of letters and
/// digits, with what is between them; so only as many words in sequence are looked up as some id has.
final class ListedClients {
    private final List<String> listed;
    /// What is on the list to the ids under which it may be stored.
    private final Map<String, Set<String>> ids = new HashMap<>();

    private final Set<String> all = new HashSet<>();
    private final Set<String> forms = new HashSet<>();
    /// Ids by their text from the first word to the last.
    private final Map<String, List<String>> byCore = new HashMap<>();

    private final Set<Integer> wordCounts = new TreeSet<>();
    private final List<String> withoutWords = new ArrayList<>();
    private final Map<String, String> byBodies = new HashMap<>();

    ListedClients(Collection<String> list) {
        this(list, Set::of, id -> Set.of());
    }

    /// @param spellings the ids under which a listed one may be stored
    /// @param aliases the forms of a listed one's aliases
    ListedClients(
            Collection<String> list, Function<String, Set<String>> spellings, Function<String, Set<String>> aliases) {
        listed = list.stream().distinct().sorted(CodePoints.ORDER).toList();
        for (String one : listed) {
            Set<String> of = spellings.apply(one);
            ids.put(one, of);
            all.addAll(of);
            forms.addAll(aliases.apply(one));
        }
        for (String id : all) {
            Words words = new Words(id);
            if (words.count == 0) {
                withoutWords.add(id);
            } else {
                byCore.computeIfAbsent(
                                id.substring(words.starts[0], words.ends[words.count - 1]), core -> new ArrayList<>())
                        .add(id);
                wordCounts.add(words.count);
            }
            byBodies.put(Keys.bodies(id), id);
        }
    }

    /// As the list has them, in an order that is the same in every invocation.
    List<String> listed() {
        return listed;
    }

    /// The ids under which one that is listed may be stored.
    Set<String> ids(String one) {
        return ids.getOrDefault(one, Set.of());
    }

    boolean has(String id) {
        return all.contains(id) || (!forms.isEmpty() && forms.contains(AliasForm.of(id)));
    }

    /// The listed client whose bodies of documents are in a folder of this name.
    Optional<String> ofBodies(String folder) {
        return Optional.ofNullable(byBodies.get(folder));
    }

    /// Whether a text has one of the ids, and not as a part of a longer word or number.
    boolean isNamedIn(String text) {
        Words words = new Words(text);
        for (int first = 0; first < words.count; first++) {
            for (int count : wordCounts) {
                int last = first + count - 1;
                if (last >= words.count) {
                    break;
                }
                List<String> candidates = byCore.get(text.substring(words.starts[first], words.ends[last]));
                if (candidates != null && isOneOf(candidates, text, words.starts[first])) {
                    return true;
                }
            }
        }
        return withoutWords.stream().anyMatch(id -> isIn(id, text));
    }

    /// @param at where the first word begins
    private static boolean isOneOf(List<String> candidates, String text, int at) {
        return candidates.stream().anyMatch(id -> {
            int start = at - new Words(id).starts[0];
            return start >= 0 && text.startsWith(id, start) && isAlone(text, start, start + id.length());
        });
    }

    private static boolean isIn(String id, String text) {
        for (int at = text.indexOf(id); at >= 0; at = text.indexOf(id, at + 1)) {
            if (isAlone(text, at, at + id.length())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAlone(String text, int start, int end) {
        return (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))
                && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
    }

    /// Where the words of a text begin and end.
    private static final class Words {
        private int[] starts = new int[16];
        private int[] ends = new int[16];
        private int count;

        Words(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (Character.isLetterOrDigit(text.charAt(i))) {
                    int start = i;
                    while (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
                        i++;
                    }
                    if (count == starts.length) {
                        starts = Arrays.copyOf(starts, 2 * count);
                        ends = Arrays.copyOf(ends, 2 * count);
                    }
                    starts[count] = start;
                    ends[count++] = i;
                }
            }
        }
    }
}
