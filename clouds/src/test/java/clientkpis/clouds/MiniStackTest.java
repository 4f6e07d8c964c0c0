package clientkpis.clouds;

class MiniStackTest extends StackTest {
    @Override
    SamTestCloud start() throws Exception {
        Clouds.assume("ministack", MiniStackTestCloud::missing);
        return new MiniStackTestCloud();
    }
}
