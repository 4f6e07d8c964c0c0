package clientkpis.events;

import clientkpis.kpi.Tenant;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Field("A company's maturity was assessed (CSMI). The change is against the previous assessment, in the order of"
        + " uploads.")
public record MaturityAssessed(
        @Field("`{tenant}/maturity/{upload}`: the same at every retry.")
        String id,

        @Field("Whose maturity it is.") Tenant tenant,

        @Field("The id of the upload that is the assessment.")
        String upload,

        @Field("The day of the upload, in the tenant's time zone.")
        LocalDate day,

        @Field(value = "The index: the mean of the pillars with an answer.", min = 0, max = 100)
        BigDecimal index,

        @Field(value = "Answered items of all items, percent.", min = 0, max = 100)
        BigDecimal coverage,

        @Field(
                value = "The pillar with the lowest score; of equals the first.",
                oneOf = {"people", "data", "tactical", "strategic"})
        String weakest,

        @Field(value = "The four pillars, always in the same order.", min = 4, max = 4)
        List<Pillar> pillars,

        @Field(value = "The id of the previous assessment, in the order of uploads.", when = "unless it is the first")
        @Nullable
        String previousUpload,

        @Field(value = "The index of the previous assessment.", when = "unless it is the first", min = 0, max = 100)
        @Nullable
        BigDecimal previousIndex,

        @Field(value = "`index` less `previousIndex`.", when = "unless it is the first", min = -100, max = 100)
        @Nullable
        BigDecimal change)
        implements Event {

    public record Pillar(
            @Field(
                    value = "Which pillar.",
                    oneOf = {"people", "data", "tactical", "strategic"})
            String key,

            @Field(value = "Weighted mean of the answered items.", when = "if any item is answered", min = 0, max = 100)
            @Nullable
            BigDecimal score,

            @Field("Items of the pillar that are answered.") long answered,

            @Field(value = "Items of the pillar.", min = 1) long items) {}
}
