package camelbell.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** The beans that routes may name, by their annotations alone: nothing is made, and only what is named is loaded. */
final class BeanIndex {

    private final Map<String, String> types = new HashMap<>();

    BeanIndex() {
        CachingMetadataReaderFactory readers = new CachingMetadataReaderFactory();
        try {
            for (Resource type : new PathMatchingResourcePatternResolver().getResources(own() + "**/*.class")) {
                add(readers.getMetadataReader(type));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where this very class comes from: other roots of the class path may have beans of tests, under the same names. */
    private static String own() {
        String me = ClassUtils.classPackageAsResourcePath(BeanIndex.class) + "/"
                + ClassUtils.getClassFileName(BeanIndex.class);
        String here = String.valueOf(BeanIndex.class.getClassLoader().getResource(me));
        return here.substring(0, here.length() - me.length()) + "camelbell/";
    }

    private void add(MetadataReader type) {
        Map<String, Object> component = type.getAnnotationMetadata().getAnnotationAttributes(Component.class.getName());
        if (component != null && !String.valueOf(component.get("value")).isEmpty()) {
            types.put(
                    String.valueOf(component.get("value")),
                    type.getClassMetadata().getClassName());
        }
        for (MethodMetadata made : type.getAnnotationMetadata().getAnnotatedMethods(Bean.class.getName())) {
            types.put(made.getMethodName(), made.getReturnTypeName());
        }
    }

    Set<String> names() {
        return types.keySet();
    }

    boolean has(String bean) {
        return types.containsKey(bean);
    }

    /** Whether all that is known of it is what an interface says. */
    boolean isOfAnInterface(String bean) {
        try {
            return Class.forName(types.getOrDefault(bean, ""), false, BeanIndex.class.getClassLoader())
                    .isInterface();
        } catch (ClassNotFoundException | LinkageError e) {
            return true;
        }
    }

    /** The public methods of a bean; null when its type is not one that can be asked. */
    @Nullable
    Set<String> methodsOf(String bean) {
        return methodsOfType(types.get(bean));
    }

    /** The same for a class, such as one of which a route file makes a bean. */
    static @Nullable Set<String> methodsOfType(@Nullable String type) {
        if (type == null) {
            return null;
        }
        try {
            Set<String> names = new TreeSet<>();
            for (Method method :
                    Class.forName(type, false, BeanIndex.class.getClassLoader()).getMethods()) {
                names.add(method.getName());
            }
            return names;
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
